export const handler = async (event) => {
  const amount = Number(event.total); // fails where there is no number
  if (Number.isNaN(amount)) {
    throw new TypeError(`${event.total} is no total`);
  }
  return { total: amount };
};

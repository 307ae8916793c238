"""Reads options as POSIX utilities do: `-la`, `-n 3`, `-n3`, `--`."""


class WrongOption(Exception):
    """An option that a command does not have, or that lacks its value."""


def read_options(arguments, flags, valued="", names=None):
    """`(options, operands)`: `flags` and `valued` list one-letter options; `names` maps long ones to them."""
    options, operands = {}, []
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--":
            operands.extend(rest)
            break
        if argument.startswith("--"):
            argument = long_option(argument, names or {})
        if argument.startswith("-") and argument != "-":
            short_options(argument[1:], options, rest, flags, valued)
        else:
            operands.append(argument)
    return options, operands


def long_option(argument, names):
    name, equals, value = argument[2:].partition("=")
    if name not in names:
        raise WrongOption(f"unrecognized option '--{name}'")
    return f"-{names[name]}{value if equals else ''}"


def short_options(letters, options, rest, flags, valued):
    while letters:
        letter, letters = letters[0], letters[1:]
        if letter in flags:
            options[letter] = True
        elif letter in valued:
            if not letters and not rest:
                raise WrongOption(f"option requires an argument -- '{letter}'")
            options[letter] = letters or rest.pop(0)
            return
        else:
            raise WrongOption(f"invalid option -- '{letter}'")


def whole_number(text, what="lines"):
    """The number of an option such as `-n`."""
    try:
        number = int(text)
    except ValueError:
        raise WrongOption(f"invalid number of {what}: '{text}'") from None
    if number < 0:
        raise WrongOption(f"invalid number of {what}: '{text}'")
    return number

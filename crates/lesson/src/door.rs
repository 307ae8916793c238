//! What a lesson needs of the cloud it runs in.

use cloudarium_cloud::{Call, CallLog, Cloud, Durable, Fault, Storage};
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;

/// A cloud that a lesson can set up and look at: bare, or kept on disk.
pub trait Door {
    /// A call that may change something.
    fn call(&mut self, call: Call) -> Result<Value, Fault>;
    /// A call that only reads and leaves no trace.
    fn peek(&mut self, call: Call) -> Result<Value, Fault>;
    /// The list of calls.
    fn calls(&self) -> &CallLog;
    /// Virtual time.
    fn now(&self) -> Timestamp;
    /// What all use so far would have cost on AWS, in millionths of a millionth of a US dollar.
    fn cost_pico_usd(&self) -> u128;
}

impl Door for Cloud {
    fn call(&mut self, call: Call) -> Result<Value, Fault> {
        Cloud::call(self, call)
    }

    fn peek(&mut self, call: Call) -> Result<Value, Fault> {
        Cloud::peek(self, call)
    }

    fn calls(&self) -> &CallLog {
        Cloud::calls(self)
    }

    fn now(&self) -> Timestamp {
        Cloud::now(self)
    }

    fn cost_pico_usd(&self) -> u128 {
        self.bill().pico_usd
    }
}

impl<S: Storage> Door for Durable<S> {
    fn call(&mut self, call: Call) -> Result<Value, Fault> {
        Durable::call(self, call)
    }

    fn peek(&mut self, call: Call) -> Result<Value, Fault> {
        Durable::peek(self, call)
    }

    fn calls(&self) -> &CallLog {
        self.cloud().calls()
    }

    fn now(&self) -> Timestamp {
        self.cloud().now()
    }

    fn cost_pico_usd(&self) -> u128 {
        self.cloud().bill().pico_usd
    }
}

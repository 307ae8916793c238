//! State machines to begin with. Each runs as it stands; what it needs beside it is told with it.

/// An example.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Blueprint {
    pub id: &'static str,
    pub definition: &'static str,
    /// An input that it can be started with.
    pub input: &'static str,
}

/// All of them, the plainest first.
pub const BLUEPRINTS: &[Blueprint] = &[HELLO, CHOICE, RETRY, PARALLEL, MAP, JSONATA, CALLBACK];

/// The one with this id.
pub fn named(id: &str) -> Blueprint {
    BLUEPRINTS.iter().copied().find(|one| one.id == id).unwrap_or(HELLO)
}

const HELLO: Blueprint = Blueprint {
    id: "hello-world",
    input: r#"{"name": "Ada"}"#,
    definition: r#"{
  "Comment": "Greets whoever is named in the input.",
  "StartAt": "Greet",
  "States": {
    "Greet": {
      "Type": "Pass",
      "Parameters": {
        "greeting.$": "States.Format('Hello, {}', $.name)"
      },
      "Next": "Done"
    },
    "Done": {
      "Type": "Succeed"
    }
  }
}
"#,
};

const CHOICE: Blueprint = Blueprint {
    id: "choice-and-wait",
    input: r#"{"total": 120, "seconds": 20}"#,
    definition: r#"{
  "Comment": "Small orders go on at once; large ones wait first.",
  "StartAt": "How large?",
  "States": {
    "How large?": {
      "Type": "Choice",
      "Choices": [
        {
          "Variable": "$.total",
          "NumericGreaterThan": 100,
          "Next": "Think it over"
        },
        {
          "Variable": "$.total",
          "NumericLessThanEquals": 0,
          "Next": "Refuse"
        }
      ],
      "Default": "Accept"
    },
    "Think it over": {
      "Type": "Wait",
      "SecondsPath": "$.seconds",
      "Next": "Accept"
    },
    "Accept": {
      "Type": "Pass",
      "Result": "accepted",
      "ResultPath": "$.answer",
      "End": true
    },
    "Refuse": {
      "Type": "Fail",
      "Error": "NothingToPay",
      "Cause": "The total is not above zero."
    }
  }
}
"#,
};

const RETRY: Blueprint = Blueprint {
    id: "retry-and-catch",
    input: r#"{"bucket": "my-settings", "key": "settings.json"}"#,
    definition: r#"{
  "Comment": "Reads settings from S3. A bucket that is missing is tried again, a key that is missing has defaults.",
  "StartAt": "Read settings",
  "States": {
    "Read settings": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
      "Parameters": {
        "Bucket.$": "$.bucket",
        "Key.$": "$.key"
      },
      "ResultSelector": {
        "text.$": "$.Body"
      },
      "ResultPath": "$.settings",
      "Retry": [
        {
          "ErrorEquals": [
            "S3.NoSuchBucketException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 2,
          "BackoffRate": 2
        }
      ],
      "Catch": [
        {
          "ErrorEquals": [
            "S3.NoSuchKeyException"
          ],
          "ResultPath": "$.why",
          "Next": "Use defaults"
        }
      ],
      "Next": "Done"
    },
    "Use defaults": {
      "Type": "Pass",
      "Result": {
        "text": "{}"
      },
      "ResultPath": "$.settings",
      "Next": "Done"
    },
    "Done": {
      "Type": "Succeed"
    }
  }
}
"#,
};

const PARALLEL: Blueprint = Blueprint {
    id: "parallel",
    input: r#"{"order": "10024"}"#,
    definition: r#"{
  "Comment": "Charges and reserves at the same time, and goes on when both are done.",
  "StartAt": "Charge and reserve",
  "States": {
    "Charge and reserve": {
      "Type": "Parallel",
      "Branches": [
        {
          "StartAt": "Wait for the bank",
          "States": {
            "Wait for the bank": {
              "Type": "Wait",
              "Seconds": 5,
              "Next": "Charge"
            },
            "Charge": {
              "Type": "Pass",
              "Result": "charged",
              "End": true
            }
          }
        },
        {
          "StartAt": "Reserve",
          "States": {
            "Reserve": {
              "Type": "Pass",
              "Result": "reserved",
              "End": true
            }
          }
        }
      ],
      "ResultPath": "$.done",
      "Next": "Notify"
    },
    "Notify": {
      "Type": "Pass",
      "End": true
    }
  }
}
"#,
};

const MAP: Blueprint = Blueprint {
    id: "map",
    input: r#"{"items": [{"name": "pen", "seconds": 3}, {"name": "ink", "seconds": 6}, {"name": "cup", "seconds": 9}]}"#,
    definition: r#"{
  "Comment": "Packs each item of the input, two at a time.",
  "StartAt": "Pack each item",
  "States": {
    "Pack each item": {
      "Type": "Map",
      "ItemsPath": "$.items",
      "MaxConcurrency": 2,
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "INLINE"
        },
        "StartAt": "Pack",
        "States": {
          "Pack": {
            "Type": "Wait",
            "SecondsPath": "$.seconds",
            "Next": "Label"
          },
          "Label": {
            "Type": "Pass",
            "Parameters": {
              "label.$": "States.Format('{} is packed', $.name)"
            },
            "End": true
          }
        }
      },
      "ResultPath": "$.packed",
      "Next": "Ship"
    },
    "Ship": {
      "Type": "Succeed"
    }
  }
}
"#,
};

const JSONATA: Blueprint = Blueprint {
    id: "jsonata",
    input: r#"{"items": [{"price": 4.5, "count": 2}, {"price": 12, "count": 1}]}"#,
    definition: r#"{
  "Comment": "Adds up an order with JSONata, and remembers the sum in a variable.",
  "QueryLanguage": "JSONata",
  "StartAt": "Add up",
  "States": {
    "Add up": {
      "Type": "Pass",
      "Assign": {
        "total": "{% $sum($states.input.items.(price * count)) %}"
      },
      "Output": "{% $count($states.input.items) %}",
      "Next": "Free of charge?"
    },
    "Free of charge?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $total > 20 %}",
          "Next": "Ship for free"
        }
      ],
      "Default": "Add postage"
    },
    "Ship for free": {
      "Type": "Pass",
      "Output": {
        "total": "{% $total %}"
      },
      "End": true
    },
    "Add postage": {
      "Type": "Pass",
      "Output": {
        "total": "{% $total + 3.9 %}"
      },
      "End": true
    }
  }
}
"#,
};

const CALLBACK: Blueprint = Blueprint {
    id: "callback",
    input: r#"{"bucket": "my-questions", "question": "May it be sent?"}"#,
    definition: r#"{
  "Comment": "Puts a question with a task token into a bucket, and waits until somebody answers with that token.",
  "StartAt": "Ask",
  "States": {
    "Ask": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:s3:putObject.waitForTaskToken",
      "Parameters": {
        "Bucket.$": "$.bucket",
        "Key": "question.json",
        "Body": {
          "question.$": "$.question",
          "token.$": "$$.Task.Token"
        }
      },
      "TimeoutSeconds": 86400,
      "ResultPath": "$.answer",
      "Catch": [
        {
          "ErrorEquals": [
            "Refused"
          ],
          "ResultPath": "$.why",
          "Next": "Leave it"
        }
      ],
      "Next": "Send it"
    },
    "Send it": {
      "Type": "Succeed"
    },
    "Leave it": {
      "Type": "Fail",
      "Error": "Refused",
      "Cause": "Somebody said no."
    }
  }
}
"#,
};

#[cfg(test)]
mod tests {
    use cloudarium_asl::validate::validate;

    use super::*;

    #[test]
    fn every_blueprint_is_valid_and_has_an_input() {
        for blueprint in BLUEPRINTS {
            let (_, found) = validate(blueprint.definition, false);
            assert!(found.is_empty(), "{}: {found:?}", blueprint.id);
            let input = serde_json::from_str::<serde_json::Value>(blueprint.input);
            assert!(input.is_ok(), "{}", blueprint.id);
        }
    }
}

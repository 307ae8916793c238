//! The Python tab as a place to write in: completion, files, input, the prompt, and errors that lead to their line.

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{PYTHON, SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    input_works_over_every_bridge
    completion_offers_operations_and_parameters
    completion_knows_the_buckets_of_the_cloud
    a_script_asks_for_a_line
    stop_ends_a_script_that_waits_for_a_line
    the_prompt_has_the_names_of_the_last_run
    the_prompt_completes_names_and_parameters
    stop_ends_an_input_at_the_prompt
    one_file_imports_another
    an_error_leads_to_its_line_in_any_file
    what_was_typed_is_there_after_a_reload
}

const ENTER: &str = "\u{e007}";
const CONTROL: &str = "\u{e009}";
const ESCAPE: &str = "\u{e00c}";
const TAB: &str = "\u{e004}";
const LEFT: &str = "\u{e012}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";

impl Site {
    /// Types where the focus is, a key at a time.
    fn keys(&self, text: &str) {
        for key in text.chars() {
            self.browser.press_key(&key.to_string());
        }
    }

    /// The editor with completion, its cursor behind this text.
    fn write_on(&self, code: &str) {
        self.write(code);
        let ready = "return document.querySelector('[data-assist=ready]') !== null";
        self.browser.wait("completion to be there", SOON, ready, &json!([]));
        let end = "const content = document.querySelector('.cm-content');
            const view = (content?.cmTile ?? content?.cmView)?.view ?? content?.cmTile?.root?.view;
            view.focus();
            view.dispatch({ selection: { anchor: view.state.doc.length } });";
        self.browser.run(end, &json!([]));
    }

    fn editor_text(&self) -> String {
        let text = "const content = document.querySelector('.cm-content');
            const view = (content?.cmTile ?? content?.cmView)?.view ?? content?.cmTile?.root?.view;
            return view.state.doc.toString();";
        self.browser.run(text, &json!([])).as_str().unwrap().to_owned()
    }

    /// Waits until the list of completions has an option with these words in it.
    fn wait_for_option(&self, words: &str) {
        let there =
            "return [...document.querySelectorAll('.cm-tooltip-autocomplete [role=option]')]
            .some((option) => option.innerText.includes(arguments[0]))";
        self.browser.wait(&format!("the option {words}"), SOON, there, &json!([words]));
        // What has just come is not taken yet: it could be a slip.
        std::thread::sleep(std::time::Duration::from_millis(200));
    }

    /// An input at the prompt, and something of what it says.
    fn prompt(&self, source: &str, says: &str) {
        let ready = "const prompt = document.querySelector('#prompt'); return prompt !== null && !prompt.readOnly";
        self.browser.wait("the prompt to be ready", PYTHON, ready, &json!([]));
        self.browser.click("#prompt");
        self.keys(source);
        self.browser.press_key(ENTER);
        if !says.is_empty() {
            self.wait_for_output(says);
        }
    }
}

fn completion_offers_operations_and_parameters(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.write_on("import boto3\ns3 = boto3.client('s3')\n");
    site.keys("s3.put_o");
    site.wait_for_option("put_object");
    let first = "return document.querySelector('.cm-tooltip-autocomplete [aria-selected=true] .cm-completionLabel')?.innerText";
    assert_eq!(site.browser.run(first, &json!([])), "put_object");
    site.wait_for_option("put_object_acl");
    site.browser.press_key(TAB);
    site.wait_for_option("Bucket");
    assert!(site.editor_text().ends_with("s3.put_object()"), "{}", site.editor_text());
    site.keys("Buc");
    site.browser.wait("Bucket to be the first", SOON, &format!("{first} === 'Bucket'"), &json!([]));
    site.browser.press_key(TAB);
    assert!(site.editor_text().ends_with("s3.put_object(Bucket=)"), "{}", site.editor_text());
    site.browser.press_key(ESCAPE);
    for _ in 0.."object(Bucket=".len() {
        site.browser.press_key(LEFT);
    }
    site.browser.press_keys(&[CONTROL, "i"]);
    let told = "return document.querySelector('.cm-described')?.innerText";
    let told = site.browser.wait("the description", SOON, told, &json!([]));
    let told = told.as_str().unwrap();
    for words in ["put_object(", "Adds an object to a bucket.", "Key", "Simulated here"] {
        assert!(told.contains(words), "{told}");
    }
}

fn completion_knows_the_buckets_of_the_cloud(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.call("CreateBucket", &json!({ "Bucket": "photos-of-mine" }));
    site.call(
        "PutObject",
        &json!({ "Bucket": "photos-of-mine", "Key": "a/beach.jpg", "Body": "aGk=" }),
    );
    site.write_on("import boto3\ns3 = boto3.client('s3')\ns3.get_object(Bucket=");
    site.keys("\"ph");
    site.wait_for_option("photos-of-mine");
    site.browser.press_key(TAB);
    site.browser.press_key("\u{e010}");
    site.keys(", Key=\"a");
    site.wait_for_option("a/beach.jpg");
}

const ASKING: &str = "name = input('Your name? ')
print('Hello', name)
try:
    input()
except EOFError as error:
    print('ended:', error)
";

fn a_script_asks_for_a_line(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.write(ASKING);
    site.browser.click("#run");
    let asked = "return document.querySelector('#input-line') !== null && document.querySelector('.asks label').innerText.includes('Your name?')";
    site.browser.wait("the field", PYTHON, asked, &json!([]));
    let focused = "return document.activeElement?.id === 'input-line'";
    site.browser.wait("the focus to be in the field", SOON, focused, &json!([]));
    site.keys("Ada");
    site.browser.press_key(ENTER);
    site.wait_for_output("Hello Ada");
    let again = "return document.querySelector('#input-line')?.value === ''";
    site.browser.wait("another field", SOON, again, &json!([]));
    site.press("End of input");
    site.wait_for_output("ended: EOF when reading a line");
    site.wait_for_run();
    assert!(site.output().contains("Your name? Ada"), "{}", site.output());
    assert!(site.browser.console_errors().is_empty(), "{:?}", site.browser.console_errors());
}

fn stop_ends_a_script_that_waits_for_a_line(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.write("import boto3\nboto3.client('s3').create_bucket(Bucket='kept')\ninput('? ')");
    site.browser.click("#run");
    let asked = "return document.querySelector('#input-line') !== null";
    site.browser.wait("the field", PYTHON, asked, &json!([]));
    site.press("Stop");
    site.wait_for_words("Stopped");
    let gone = "return document.querySelector('#input-line') === null";
    site.browser.wait("the field to go", SOON, gone, &json!([]));
    assert_eq!(site.buckets(), ["kept"]);
}

const ANSWERED: &str = "
    const { python } = globalThis.cloudarium;
    let output = '';
    const onAsk = (ask) => python.answer(ask, lines.shift());
    const lines = ['Ada', null];
    python.configure({ onOutput: (stream, text) => { output += text; }, onAsk, bridge: args[0] });
    const { status } = await python.run(\"print(input('? '), end='')\\ntry:\\n  input()\\nexcept EOFError:\\n  print('.')\");
    return { status, output };";

fn input_works_over_every_bridge(kind: Kind) {
    for (bridge, isolated) in [("sab", true), ("jspi", false), ("xhr", false)] {
        let site = Site::open_with(kind, |options| cloudarium_static_host::Options {
            isolated,
            ..options
        });
        site.go("#/play");
        site.wait_for_isolation();
        // From then on the page itself no longer asks to be told what Python asks.
        site.wait_for_editor();
        let found = site.browser.run_async(ANSWERED, &json!([bridge]));
        assert_eq!(found, json!({ "status": "ok", "output": "? Ada.\n" }), "{bridge}");
    }
}

fn the_prompt_has_the_names_of_the_last_run(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.run_script("import boto3\nanswer = 6 * 7\ndef twice(x):\n    return 2 * x\n");
    site.prompt("answer", "\n42");
    site.prompt("twice(_)", "\n84");
    site.prompt("1 / 0", "ZeroDivisionError: division by zero");
    site.prompt("for i in range(2):", "");
    let more = "return document.querySelector('#prompt').value === 'for i in range(2):\\n    '";
    site.browser.wait("the block to go on", SOON, more, &json!([]));
    site.keys("print('line', i)");
    site.browser.press_key(ENTER);
    let more = "const prompt = document.querySelector('#prompt'); return !prompt.readOnly && prompt.value.endsWith('i)\\n    ')";
    site.browser.wait("the block to wait for its end", SOON, more, &json!([]));
    site.browser.press_key(ENTER);
    site.wait_for_output("line 0\nline 1");
    site.prompt("boto3.client('s3').create_bucket(Bucket='by-hand')['Location']", "/by-hand");
    let calls = site.ask(&json!({ "kind": "calls", "after": 0 }));
    let calls: Json = serde_json::from_str(calls["ok"].as_str().unwrap()).unwrap();
    let source = calls.as_array().unwrap().last().unwrap()["source"].clone();
    assert_eq!(source, "repl:5", "{calls}");
    let ready = "const prompt = document.querySelector('#prompt'); return !prompt.readOnly && prompt.value === ''";
    site.browser.wait("the prompt to be empty", SOON, ready, &json!([]));
    site.browser.press_key(UP);
    site.browser.press_key(UP);
    let before = "return document.querySelector('#prompt').value.startsWith('for i')";
    site.browser.wait("what was typed before", SOON, before, &json!([]));
}

fn the_prompt_completes_names_and_parameters(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.run_script(
        "import boto3\ns3 = boto3.client('s3')\ndef greet(name, *, loud=False):\n    return name\n",
    );
    site.browser.click("#prompt");
    let holds = |text: &str| {
        let there = "return document.querySelector('#prompt').value === arguments[0]";
        site.browser.wait(&format!("the prompt to hold {text}"), PYTHON, there, &json!([text]));
    };
    let offers = |text: &str| {
        let there = "const prompt = document.querySelector('#prompt');
            const chosen = document.getElementById(prompt.getAttribute('aria-activedescendant'));
            return chosen?.getAttribute('aria-selected') === 'true' && chosen.querySelector('b').innerText === arguments[0]";
        site.browser.wait(&format!("{text} to be offered"), SOON, there, &json!([text]));
    };
    site.keys("gre");
    site.browser.press_key(TAB);
    holds("greet(");
    site.browser.press_key(TAB);
    offers("name=");
    site.browser.press_key(DOWN);
    offers("loud=");
    site.browser.press_key(TAB);
    holds("greet(loud=");
    site.keys("True, na");
    site.browser.press_key(TAB);
    holds("greet(loud=True, name=");
    site.keys("s3.put_obj");
    site.browser.press_key(TAB);
    holds("greet(loud=True, name=s3.put_object");
    offers("put_object");
    site.browser.press_key(ESCAPE);
    site.keys("(");
    site.browser.press_key(TAB);
    offers("Bucket=");
    // After Escape, Tab leaves the field as it leaves any other.
    site.browser.press_key(ESCAPE);
    site.browser.press_key(ESCAPE);
    site.browser.press_key(TAB);
    let left = "return document.activeElement?.id !== 'prompt' && document.querySelector('#suggestions') === null";
    site.browser.wait("the prompt to be left", SOON, left, &json!([]));
    let calls = site.ask(&json!({ "kind": "calls", "after": 0 }));
    assert_eq!(calls["ok"], "[]", "completing calls nothing");
}

fn stop_ends_an_input_at_the_prompt(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.run_script("x = 1");
    site.prompt("while True: x += 1", "");
    site.browser.wait(
        "the block to wait for its end",
        SOON,
        "const prompt = document.querySelector('#prompt'); return !prompt.readOnly && prompt.value.endsWith('\\n')",
        &json!([]),
    );
    site.browser.press_key(ENTER);
    let going = "return document.querySelector('#stop').getAttribute('aria-disabled') === 'false'";
    site.browser.wait("the input to run", SOON, going, &json!([]));
    std::thread::sleep(std::time::Duration::from_millis(300));
    site.press("Stop");
    site.wait_for_output("KeyboardInterrupt");
    site.prompt("x > 1", "True");
}

fn one_file_imports_another(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.press("New file");
    site.browser.wait(
        "the form",
        SOON,
        "return document.activeElement?.id === 'file-name'",
        &json!([]),
    );
    site.keys("helper.py");
    site.browser.press_key(ENTER);
    let shown =
        "return document.querySelector('.files [aria-selected=true]')?.innerText === arguments[0]";
    site.browser.wait("the new file", SOON, shown, &json!(["helper.py"]));
    site.write("def greet(name):\n    return f'Hello, {name}!'\n");
    site.press("main.py");
    site.browser.wait("the script", SOON, shown, &json!(["main.py"]));
    site.write(
        "import helper\nprint(helper.greet('you'))\nopen('notes.txt', 'w').write('written')\n",
    );
    site.browser.click("#run");
    site.wait_for_output("Hello, you!");
    site.wait_for_run();
    site.press("3 files");
    site.press("notes.txt");
    site.browser.wait("the file that the script wrote", SOON, shown, &json!(["notes.txt"]));
    assert_eq!(site.editor_text(), "written");
    site.press("helper.py");
    site.browser.wait("the other file", SOON, shown, &json!(["helper.py"]));
    assert!(site.editor_text().starts_with("def greet"), "{}", site.editor_text());
    assert!(site.browser.console_errors().is_empty(), "{:?}", site.browser.console_errors());
}

fn an_error_leads_to_its_line_in_any_file(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    let failed = "return document.querySelector('.cm-failed')?.innerText";
    let output = site.run_script("x = 1\nprint(x\n");
    assert!(output.contains("SyntaxError: '(' was never closed"), "{output}");
    let marked = site.browser.wait("the line that failed", SOON, failed, &json!([]));
    assert_eq!(marked, "print(x");
    site.press("\"main.py\", line 2");
    let there = "const content = document.querySelector('.cm-content');
        const view = (content?.cmTile ?? content?.cmView)?.view ?? content?.cmTile?.root?.view;
        return view.state.doc.lineAt(view.state.selection.main.head).number === arguments[0]";
    site.browser.wait("the line", SOON, there, &json!([2]));

    site.press("New file");
    site.browser.wait(
        "the form",
        SOON,
        "return document.activeElement?.id === 'file-name'",
        &json!([]),
    );
    site.keys("helper.py");
    site.browser.press_key(ENTER);
    let shown =
        "return document.querySelector('.files [aria-selected=true]')?.innerText === arguments[0]";
    site.browser.wait("the new file", SOON, shown, &json!(["helper.py"]));
    site.write("import boto3\n\ndef read(key):\n    return boto3.client('s3').get_object(Bucket='nowhere', Key=key)\n");
    site.press("main.py");
    site.browser.wait("the script", SOON, shown, &json!(["main.py"]));
    let output = site.run_script("import helper\nhelper.read('k')\n");
    assert!(output.contains("NoSuchBucket"), "{output}");
    assert!(output.contains("inside botocore"), "{output}");
    site.press("\"helper.py\", line 4");
    site.browser.wait("the other file", SOON, shown, &json!(["helper.py"]));
    site.browser.wait("the line", SOON, there, &json!([4]));
    let squiggle = "return document.querySelector('.cm-failed .cm-failed-at')?.innerText";
    assert_eq!(site.browser.wait("the call", SOON, squiggle, &json!([])), "get_object");
}

fn what_was_typed_is_there_after_a_reload(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.write("print('kept')\n");
    site.browser.reload();
    site.settle();
    let ready = "return document.querySelector('.editor[data-ready=true]') !== null";
    site.browser.wait("the editor", SOON, ready, &json!([]));
    assert_eq!(site.editor_text(), "print('kept')\n");
    site.wait_for_words("main.py, saved");
}

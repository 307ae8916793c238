//! The command that an execution environment begins with: interpreter, variables, folders.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use bytes::Bytes;
use cloudarium_shape::Value;

use super::Settings;
use super::unpack::unpack;

const PYTHON: &str = include_str!("bootstrap.py");
/// What runs handlers, in the browser too.
const PYTHON_HANDLER: &str = include_str!("../../../../web/python/_cloudarium/handler.py");
const NODE: &str = include_str!("bootstrap.mjs");
const NODE_HANDLER: &str = include_str!("../../../../web/js/function-handler.js");

/// Unpacks all packages (layers first, the function's own last) below `folder`, and makes the command.
pub fn command(
    settings: &Settings,
    address: SocketAddr,
    (input, packages, folder): (&Value, &[Bytes], &Path),
) -> io::Result<Command> {
    let (task, layers) = (folder.join("task"), folder.join("opt"));
    for path in [&task, &layers, &folder.join("tmp")] {
        fs::create_dir_all(path)?;
    }
    let Some((own, others)) = packages.split_last() else {
        return Err(io::Error::other("there is no code"));
    };
    for layer in others {
        unpack(layer, &layers)?;
    }
    unpack(own, &task)?;
    let python = text(input, "Runtime").starts_with("python");
    let mut command = if python {
        fs::write(folder.join("bootstrap.py"), PYTHON)?;
        fs::write(folder.join("_cloudarium_handler.py"), PYTHON_HANDLER)?;
        let mut command = Command::new(interpreter(&settings.python));
        // Nothing is to be written beside the code.
        command.args(["-u", "-B", "-X", "utf8"]).arg(folder.join("bootstrap.py"));
        command
    } else {
        fs::write(folder.join("bootstrap.mjs"), NODE)?;
        fs::write(folder.join("handler.mjs"), NODE_HANDLER)?;
        let mut command = Command::new(interpreter(&settings.node));
        command.arg(folder.join("bootstrap.mjs"));
        command
    };
    command.env_clear();
    variables(&mut command, address, (input, folder));
    command.current_dir(&task).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A group of its own, so that what the code starts can be ended with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(command)
}

/// A path from here, as the child begins in another folder; a bare name is found where this process finds it, as the child has another `PATH`.
fn interpreter(program: &Path) -> std::path::PathBuf {
    if program.components().count() > 1 {
        return std::path::absolute(program).unwrap_or_else(|_| program.to_path_buf());
    }
    // A shim (pyenv's) needs the variables that are not handed on: ask it who it is.
    let asked = Command::new(program).args(["-c", "import sys; print(sys.executable)"]).output();
    let told = asked.ok().filter(|it| it.status.success());
    let told = told.and_then(|it| String::from_utf8(it.stdout).ok());
    match told.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()) {
        Some(path) => path.into(),
        None => on_path(program).unwrap_or_else(|| program.to_path_buf()),
    }
}

fn on_path(program: &Path) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn variables(command: &mut Command, address: SocketAddr, (input, folder): (&Value, &Path)) {
    if let Some(Value::Map(own)) = input.get("Variables") {
        for (name, value) in own {
            command.env(name, value.as_str().unwrap_or_default());
        }
    }
    let (task, layers) = (folder.join("task"), folder.join("opt"));
    let memory = match input.get("MemoryMb") {
        Some(Value::Int(memory)) => memory.to_string(),
        _ => String::new(),
    };
    // An endpoint that listens everywhere is found here.
    let host =
        if address.ip().is_unspecified() { "127.0.0.1".into() } else { address.ip().to_string() };
    for (name, value) in [
        ("_HANDLER", text(input, "Handler").to_owned()),
        ("AWS_ACCESS_KEY_ID", text(input, "AccessKeyId").to_owned()),
        ("AWS_SECRET_ACCESS_KEY", text(input, "SecretAccessKey").to_owned()),
        ("AWS_SESSION_TOKEN", text(input, "SessionToken").to_owned()),
        ("AWS_REGION", text(input, "Region").to_owned()),
        ("AWS_DEFAULT_REGION", text(input, "Region").to_owned()),
        ("AWS_EXECUTION_ENV", format!("AWS_Lambda_{}", text(input, "Runtime"))),
        ("AWS_LAMBDA_FUNCTION_NAME", text(input, "FunctionName").to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", text(input, "FunctionVersion").to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory),
        ("AWS_LAMBDA_LOG_GROUP_NAME", text(input, "LogGroup").to_owned()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", text(input, "LogStream").to_owned()),
        ("AWS_LAMBDA_LOG_FORMAT", text(input, "LogFormat").to_owned()),
        ("LAMBDA_RUNTIME_DIR", "/var/runtime".to_owned()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", text(input, "InitializationType").to_owned()),
        ("AWS_LAMBDA_RUNTIME_API", "169.254.100.1:9001".to_owned()),
        ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR".to_owned()),
        ("AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129:2000".to_owned()),
        ("_AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129".to_owned()),
        ("_AWS_XRAY_DAEMON_PORT", "2000".to_owned()),
        ("AWS_ENDPOINT_URL", format!("http://{host}:{}", address.port())),
        ("LANG", "en_US.UTF-8".to_owned()),
        ("TZ", ":UTC".to_owned()),
    ] {
        command.env(name, value);
    }
    command.env("LAMBDA_TASK_ROOT", &task).env("TMPDIR", folder.join("tmp"));
    command.env("HOME", folder.join("tmp"));
    let level = text(input, "LogLevel");
    if !level.is_empty() {
        command.env("AWS_LAMBDA_LOG_LEVEL", level);
    }
    let at = |path: &str| layers.join(path).display().to_string();
    // <https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html#packaging-layers-paths>
    let runtime = text(input, "Runtime").trim_end_matches(".x");
    if runtime.starts_with("python") {
        // The bootstrap finds the layers' modules itself.
        command.env("PYTHONPATH", "/var/runtime");
    } else {
        let node = runtime.replace("nodejs", "node");
        let modules = at(&format!("nodejs/{node}/node_modules"));
        command.env("NODE_PATH", format!("{modules}:{}", at("nodejs/node_modules")));
    }
    command.env("PATH", format!("/usr/local/bin:/usr/bin:/bin:{}", at("bin")));
    command.env("LD_LIBRARY_PATH", at("lib"));
}

/// A text of the work's input.
pub fn text<'a>(input: &'a Value, name: &str) -> &'a str {
    input.get(name).and_then(Value::as_str).unwrap_or_default()
}

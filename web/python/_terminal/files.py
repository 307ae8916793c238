"""The commands that work on files: cat, cd, cp, ls, mkdir, mv, pwd, rm, touch."""

import os
import shutil
import stat
import time

from .options import read_options
from .utility import Usage, each_file, reason, utility

SIX_MONTHS_S = 182 * 24 * 3600
USER = "learner"


@utility("pwd")
def pwd(shell, arguments, streams):
    """prints the folder you are in"""
    streams.out(f"{shell.cwd}\n")


@utility("cd")
def cd(shell, arguments, streams):
    """goes to a folder: cd FOLDER, cd .., cd -"""
    _, operands = read_options(arguments, "")
    if len(operands) > 1:
        raise Usage("too many arguments")
    name = operands[0] if operands else shell.variable("HOME")
    if name == "-":
        if shell.before is None:
            raise Usage("OLDPWD not set")
        name = shell.before
        streams.out(f"{name}\n")
    place = shell.path(name)
    if not os.path.exists(place):
        raise Usage(f"{name}: No such file or directory")
    if not os.path.isdir(place):
        raise Usage(f"{name}: Not a directory")
    shell.before, shell.cwd = shell.cwd, place


@utility("cat")
def cat(shell, arguments, streams):
    """prints files"""
    options, operands = read_options(arguments, "n")
    number = 0
    for name, content in each_file(shell, "cat", operands, streams):
        if name is None:
            return int(content)
        if not options:
            streams.stdout.write(content)
            continue
        for line in content.splitlines(keepends=True):
            number += 1
            streams.stdout.write(b"%6d\t%s" % (number, line))


@utility("mkdir")
def mkdir(shell, arguments, streams):
    """makes folders; -p also those above"""
    options, operands = read_options(arguments, "p", names={"parents": "p"})
    if not operands:
        raise Usage("missing operand")
    status = 0
    for name in operands:
        try:
            make = os.makedirs if "p" in options else os.mkdir
            make(shell.path(name), **({"exist_ok": True} if "p" in options else {}))
        except OSError as error:
            streams.error(f"mkdir: cannot create directory '{name}': {reason(error)}")
            status = 1
    return status


@utility("touch")
def touch(shell, arguments, streams):
    """makes empty files, or gives files the date of now"""
    _, operands = read_options(arguments, "")
    if not operands:
        raise Usage("missing file operand")
    status = 0
    for name in operands:
        try:
            with open(shell.path(name), "ab"):
                pass
            os.utime(shell.path(name))
        except OSError as error:
            streams.error(f"touch: cannot touch '{name}': {reason(error)}")
            status = 1
    return status


@utility("rm")
def rm(shell, arguments, streams):
    """removes files; -r also folders, -f asks nothing of them"""
    options, operands = read_options(arguments, "rRf", names={"recursive": "r", "force": "f"})
    if not operands and "f" not in options:
        raise Usage("missing operand")
    status = 0
    for name in operands:
        why = remove(shell.path(name), "r" in options or "R" in options)
        if why and not ("f" in options and why == os.strerror(2)):
            streams.error(f"rm: cannot remove '{name}': {why}")
            status = 1
    return status


def remove(place, recursive):
    """Why a path cannot be removed; None when it was."""
    try:
        if os.path.isdir(place) and not os.path.islink(place):
            if not recursive:
                return "Is a directory"
            shutil.rmtree(place)
        else:
            os.remove(place)
    except OSError as error:
        return reason(error)
    return None


def targets(shell, operands):
    """`(name, from, to, name of to)` for each operand but the last, which is where they go."""
    if not operands:
        raise Usage("missing file operand")
    if len(operands) == 1:
        raise Usage(f"missing destination file operand after '{operands[0]}'")
    *sources, last = operands
    place = shell.path(last)
    if len(sources) > 1 and not os.path.isdir(place):
        why = " is not a directory" if os.path.exists(place) else ": No such file or directory"
        raise Usage(f"target '{last}'{why}")
    for name in sources:
        source = shell.path(name)
        inside = os.path.isdir(place)
        base = os.path.basename(source)
        yield (
            name,
            source,
            *((os.path.join(place, base), os.path.join(last, base)) if inside else (place, last)),
        )


@utility("cp")
def cp(shell, arguments, streams):
    """copies files; -r also folders"""
    options, operands = read_options(arguments, "rRap", names={"recursive": "r"})
    status = 0
    recursive = bool(options.keys() & {"r", "R", "a"})
    for name, source, place, place_name in targets(shell, operands):
        why = copy(source, place, recursive, (name, place_name))
        if why:
            streams.error(f"cp: {why}")
            status = 1
    return status


def copy(source, place, recursive, names):
    """Why something cannot be copied; None when it was. `names` are both paths as they were written."""
    name, place_name = names
    if not os.path.lexists(source):
        return f"cannot stat '{name}': No such file or directory"
    if os.path.abspath(source) == os.path.abspath(place):
        return f"'{name}' and '{os.path.basename(place)}' are the same file"
    try:
        if os.path.isdir(source):
            if not recursive:
                return f"-r not specified; omitting directory '{name}'"
            if place.startswith(source + "/"):
                return f"cannot copy a directory, '{name}', into itself"
            shutil.copytree(source, place, dirs_exist_ok=True, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(source, place)
    except OSError as error:
        return f"cannot create regular file '{place_name}': {reason(error)}"
    return None


@utility("mv")
def mv(shell, arguments, streams):
    """moves or renames files and folders"""
    _, operands = read_options(arguments, "f")
    status = 0
    for name, source, place, _ in targets(shell, operands):
        why = move(source, place, name)
        if why:
            streams.error(f"mv: {why}")
            status = 1
    return status


def move(source, place, name):
    """Why something cannot be moved; None when it was."""
    if not os.path.lexists(source):
        return f"cannot stat '{name}': No such file or directory"
    if os.path.abspath(source) == os.path.abspath(place):
        return f"'{name}' and '{os.path.basename(place)}' are the same file"
    if place.startswith(source + "/"):
        return f"cannot move '{name}' to a subdirectory of itself"
    try:
        os.replace(source, place)
    except OSError as error:
        return f"cannot move '{name}': {reason(error)}"
    return None


@utility("ls", status=2)
def ls(shell, arguments, streams):
    """lists files; -l in full, -a also hidden ones, -h sizes in units"""
    options, operands = read_options(arguments, "la1hd", names={"all": "a", "human-readable": "h"})
    status = 0
    files, folders = [], []
    for name in operands or ["."]:
        place = shell.path(name)
        if not os.path.lexists(place):
            streams.error(f"ls: cannot access '{name}': No such file or directory")
            status = 2
        elif os.path.isdir(place) and "d" not in options:
            folders.append(name)
        else:
            files.append((name, place))
    lines = entries(sorted(files), options)
    for name in sorted(folders):
        if lines and (files or len(folders) > 1):
            lines.append("")
        if len(operands) > 1:
            lines.append(f"{name}:")
        lines.extend(entries(inside(shell.path(name), "a" in options), options))
    streams.out("".join(f"{line}\n" for line in lines))
    return status


def inside(folder, hidden):
    names = [name for name in os.listdir(folder) if hidden or not name.startswith(".")]
    names = [*([".", ".."] if hidden else []), *names]
    return sorted((name, os.path.join(folder, name)) for name in names)


def entries(named, options):
    if "l" not in options:
        return [name for name, _ in named]
    rows = [row(name, os.lstat(place), "h" in options) for name, place in named]
    width = max((len(size) for _, _, size, _, _ in rows), default=0)
    links = max((len(count) for _, count, *_ in rows), default=0)
    return [
        f"{mode} {count:>{links}} {USER} {USER} {size:>{width}} {date} {name}"
        for mode, count, size, date, name in rows
    ]


def row(name, data, human):
    size = human_size(data.st_size) if human else str(data.st_size)
    return stat.filemode(data.st_mode), str(data.st_nlink), size, date_of(data.st_mtime), name


def date_of(instant):
    """As `ls` tells it: the time of day for what is recent, else the year."""
    recent = -SIX_MONTHS_S < time.time() - instant < SIX_MONTHS_S
    then = time.localtime(instant)
    clock = time.strftime("%H:%M", then) if recent else f" {then.tm_year}"
    return f"{time.strftime('%b', then)} {then.tm_mday:>2} {clock}"


def human_size(count):
    size = float(count)
    for unit in ("", "K", "M", "G"):
        if size < 1024 or unit == "G":
            return (
                f"{count}"
                if unit == ""
                else f"{size:.1f}{unit}"
                if size < 10
                else f"{size:.0f}{unit}"
            )
        size /= 1024


COMMANDS = {
    "cat": cat, "cd": cd, "cp": cp, "ls": ls, "mkdir": mkdir, "mv": mv, "pwd": pwd, "rm": rm, "touch": touch,
}  # fmt: skip

"""Runs lines by the Terminal's shell and by bash, each in a folder of its own, and compares: what is
printed, the exit status, and the files afterwards.

    python3 shell_against_bash.py [LINE...]

Errors are compared without the name of the shell in front. Prints every difference; fails if there is one.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "web/python"))

from _terminal import builtins, files, shell, text  # noqa: E402

LINES = r"""
echo hello
echo "a  b"   'c  d' e\ f
echo 'single "double" inside' "double 'single' inside"
echo "a\"b\\c\$d" '\n' "\n"
echo a#b # a comment
# nothing but a comment
A=3; echo $A ${A}x "$A" '$A'
A="x  y"; echo $A; echo "$A"; echo "[$A]"z
A=; echo "[$A]" $A [$A]; echo "" | wc -c
B=" lead "; echo x$B"y" ; echo $B
echo $UNSET "$UNSET" end
echo $ $5x "$" a$
echo ~ ~/x a~ "~" | wc -l
true && echo yes || echo no
false && echo yes || echo no
false; echo $?
true; echo $?; false || echo $?
false || false || echo last; echo $?
nonsense_command; echo $?
nonsense_command 2>/dev/null || echo $?
echo one; echo two ; ; echo
echo a && && echo b
echo a | | cat
| cat
echo >
cat <
echo "not closed
echo $(echo inner) "$(printf 'a\nb')"
echo $(printf 'a\nb  c')
echo "$(echo "nested $(echo deep)")"
A=$(false); echo $?
A=$(echo hi) && echo $A
A=1 env | grep '^A='
A=1 true; echo "[$A]"
export A=7; env | grep '^A='; export B; env | grep -c '^B='
B=9; export B; env | grep '^B='; unset B; echo "[$B]"
export 1x=3
A=5; A=6 true; echo $A
echo out > f; cat f; echo more >> f; cat f; wc -l < f
echo out > "f g"; ls; cat "f g"
cat nothing.txt
cat nothing.txt 2>&1 | wc -l
cat nothing.txt 2> err; wc -c err | wc -l
cat nothing.txt > both 2>&1; cat both
cat nothing.txt 2>&1 > other; wc -c < other
echo x &> all; cat all
echo to-err >&2
echo to-err 1>&2 2>/dev/null
echo x > no/such/folder
cat < no-file
echo 12 2>x; ls x
echo file2>x; ls; cat x
mkdir d; cd d; pwd | wc -l; cd ..; ls
mkdir -p a/b/c && touch a/b/c/f a/g; ls a a/b; ls a/b/c
mkdir a; mkdir a; echo $?
mkdir no/such
mkdir
touch b a c; ls; rm b; ls; rm b; rm -f b; echo $?
mkdir d; rm d; rm -r d; ls
touch f1 f2 g1; echo *; echo f*; echo f? [fg]1; echo "f*" f\* nope*
touch .hidden seen; echo *; echo .h*; ls; ls -a
mkdir -p x/one x/two; touch x/one/f x/two/f x/two/g; echo x/*/f x/*; echo */*/g
touch 'a b' c; for_count=$(ls | wc -l); echo $for_count; rm *; ls
touch 'a[1]' a1; echo a[1] 'a[1]' a\[1]; echo [!b]1
printf '1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n' > n; head n; head -n 2 n; head -3 n; tail n; tail -n 2 n; tail -2 n; tail -n +11 n; head -c 5 n; tail -c 4 n
printf 'a\nb\n' > x; printf 'c\n' > y; head x y; tail -n 1 x y; wc x y; wc -l x y; wc -lw x; wc -c < x; cat x | wc
head -n x /dev/null
head nothing; echo $?
printf 'b\na\nc\na\n' > s; sort s; sort -r s; sort -u s; sort s | head -1
printf '10\n9\n2 x\n-1\n' | sort -n; printf '10\n9\n2\n' | sort; printf '10\n9\n2\n' | sort -rn
printf 'x 3\ny 1\nz 2\n' | sort -k2; printf 'x,3\ny,1\n' | sort -t, -k2 -n; printf 'b 1\na 1\n' | sort -k 2,2
printf 'apple\nBanana\ncherry\n' > g; grep an g; grep -i b g; grep -v a g; grep -n r g; grep -c a g; grep -ic A g; grep zzz g; echo $?
printf 'a+b\naab\n' > g; grep 'a+b' g; grep -E 'a+b' g; grep 'a\+b' g; grep -F 'a+b' g; grep -o 'a' g; grep -w aab g; grep -x aab g
printf 'k1\n' > p; printf 'k1\nk2\n' > q; grep k p q; grep -l k2 p q; grep -h k1 p q; grep -c k p q; grep k nothing p; echo $?
printf 'a1\nb\n' | grep '[[:digit:]]'; printf 'x\n' | grep -q x && echo found; grep '[' p; echo $?
printf '1\n2\nx\n4\n5\n6\nx\n' > c; grep -A1 x c; grep -B 1 x c; grep -n -C1 x c; grep -A1 x c c; grep -A 1 nope c; echo $?
mkdir r; echo k > r/one; echo k > r/two; grep -r k r; grep -rl k r
printf 'a\n' > x; cp x y; cat y; cp x nodir/y; cp nothing y; mkdir d; cp x y d; ls d; cp -r d e; ls e; cp d f; cp x x
printf 'a\n' > x; mv x y; ls; mkdir d; mv y d; ls d; mv nothing z; mv d/y d/z; ls d; touch a b; mv a b nodir; mv a b d; ls d
cp; cp x; mv x
printf 'a\n' | tee t1 t2; cat t1 t2; echo b | tee -a t1 > /dev/null; cat t1
echo -n no-end; echo -e 'a\tb\nc'; echo -ne 'x\n'; echo -x; echo -
printf '%s-%s\n' a b c; printf '%d%%\n' 5; printf 'plain\n'
echo a | cat | cat -n | wc -l
echo piped | cat - ; echo x | cat nothing -
cd nothing; echo $?; cd /; pwd; cd -; echo done | wc -l
cd a b
pwd | cat; cd d 2>/dev/null || echo no d
cd / | cat; pwd | wc -l
echo hi > /dev/null; cat /dev/null; echo $?
echo "multi
line"; echo second
echo continued \
  line
echo a;echo b&&echo c||echo d
echo "x" | grep x > out && cat out
ls nothing; echo $?
ls -l nothing 2>/dev/null; echo $?
touch z; ls z nothing; echo $?
mkdir d; touch d/f g; ls g d
false | true; echo $?; true | false; echo $?
rm; rm -z x; cat -Z
echo *.nope
echo 'it'"'"'s'
echo "$(cat nothing 2>/dev/null)" end
A='*'; touch f; echo $A "$A"
D="a b"; mkdir "$D"; cd "$D"; pwd | grep -c 'a b'
wc -l nothing; echo $?
echo ${A}; echo ${?}
tail -n 0 /dev/null; head -n 0 /dev/null; sort nothing; echo $?
export; echo $? | tail -1
""".strip("\n")

# bash goes on reading, or prints what depends on its own version: only the status is compared.
ONLY_STATUS = ("export; ", "echo $(cat")


def cases():
    """Lines; one that ends in a backslash or has an open quote goes on in the next."""
    found, kept = [], ""
    for line in LINES.split("\n"):
        kept = f"{kept}\n{line}" if kept else line
        if kept.endswith("\\") or (kept.startswith('echo "multi') and kept.count('"') == 1):
            continue
        found.append(kept)
        kept = ""
    return found


def by_us(line, folder, environment):
    out, err = io.BytesIO(), io.BytesIO()
    commands = {**files.COMMANDS, **text.COMMANDS, **builtins.COMMANDS}
    ours = shell.Shell(commands, environment["HOME"], folder, dict(environment))
    status = ours.run(line, shell.Streams(io.BytesIO(), out, err))
    return status, out.getvalue(), err.getvalue()


def by_bash(line, folder, environment):
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    return done.returncode, done.stdout, done.stderr


def tree(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(Path(folder).rglob("*"))
    }


def same_words(errors, folder):
    """Errors without what names the program: `bash: line 1: cat: x` is `cat: x`."""
    text = errors.decode("utf-8", "replace").replace(folder, "FOLDER")
    lines = []
    for line in text.splitlines():
        line = re.sub(r"^(bash|sh): (-c: )?(line \d+: )?", "", line)
        line = re.sub(r"^/\S*/(cat|ls|rm)\b", r"\1", line)
        if (
            line.startswith(("syntax error", "unexpected EOF", "`"))
            or "Try '" in line
            or line.startswith("Usage")
        ):
            continue
        lines.append(re.sub(r"[‘’`]", "'", line.replace(" command not found", "")))
    return lines


def compare(line):
    """What differs, as text."""
    results = []
    for run in (by_us, by_bash):
        with tempfile.TemporaryDirectory() as folder:
            environment = {"PATH": os.environ["PATH"], "HOME": "/home/learner", "LC_ALL": "C.UTF-8"}
            if run is by_us:
                del environment["PATH"]
            status, out, err = run(line, folder, environment)
            results.append(
                (
                    status,
                    out.replace(folder.encode(), b"FOLDER"),
                    same_words(err, folder),
                    tree(folder),
                )
            )
    ours, bash = results
    if line.startswith(ONLY_STATUS):
        return "" if ours[0] == bash[0] else f"status {ours[0]}, bash {bash[0]}"
    refused = any("understood here" in word or "is no command" in word for word in ours[2])
    differences = []
    for name, one, other in zip(("status", "output", "errors", "files"), ours, bash, strict=True):
        # bash's words for a syntax error are its parser's: only that there is one is compared.
        if name == "errors" and (ours[0] == 2 == bash[0] or refused):
            continue
        if name == "errors":
            one = [
                re.sub(r"There are: .*|(?<=expression): .*", "", word).rstrip(". ") for word in one
            ]
            one, other = [w.rstrip(": .") for w in one], [w.rstrip(": .") for w in other]
        if one != other:
            differences.append(f"  {name}\n    ours {one!r}\n    bash {other!r}")
    return "\n".join(differences)


def main(lines):
    failed = 0
    for line in lines or cases():
        difference = compare(line)
        if difference:
            failed += 1
            print(f"{line}\n{difference}\n")
    print(f"{len(lines or cases()) - failed} of {len(lines or cases())} lines as bash does them")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

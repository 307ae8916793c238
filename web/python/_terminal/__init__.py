"""The Terminal: a small shell around the real AWS CLI.

One command line is read (`lexer`, `parser`), its words are expanded (`expand`), and it is carried out
(`shell`) by the commands of `files`, `text`, `builtins` and `aws`. `session` is where the page's worker
comes in. Everything but `session`, `aws` and `jq` runs in any Python, and is tested against bash.

The words are those of the POSIX shell; what this shell lacks it names:
https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
"""

#!/bin/sh
# check-archive.sh ARCHIVE
#
# Meets a packed CPython as its user does: extracts it somewhere, and uses it as an ordinary user in an environment
# made from nothing. Needs sh, tar and the archive, and none of this project's code: it is the second opinion on what
# the gates say. Prints a line a check and `N passed, N failed`; exits with 1 when one failed.
set -u

archive=${1:?usage: check-archive.sh ARCHIVE}
certificate=$(dirname "$0")/localhost.pem
place=$(mktemp -d "${TMPDIR:-/tmp}/check ü archive.XXXXXX") || exit 1
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM HUP
chmod 755 "$place"
home=$place/home
python=$place/python/bin/python
passed=0
failed=0

# check NAME COMMAND...: runs a command and counts it; shows what it said only when it failed.
check() {
  name=$1
  shift
  if "$@" >"$place/said" 2>&1; then
    passed=$((passed + 1))
    echo "ok      $name"
  else
    failed=$((failed + 1))
    echo "not ok  $name"
    tail -n 15 "$place/said" | sed 's/^/        /'
  fi
}

# user COMMAND...: in the user's home, as an ordinary user even when root runs this script.
user() {
  set -- env -i PATH=/usr/bin:/bin HOME="$home" LANG=C.UTF-8 TERM=xterm "$@"
  [ "$(id -u)" -ne 0 ] || set -- setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
  (cd "$home" && "$@")
}

# answers COMMAND...: what it runs ends with the line `yes`. An interpreter that says nothing has done nothing.
answers() {
  user "$@" >"$place/answer" || return 1
  cat "$place/answer"
  [ "$(tail -n 1 "$place/answer")" = yes ]
}

imports() { answers "$python" -c "import $1; print('yes')"; }

# ── the archive as it lies there

names() { tar -tzf "$archive"; }
details() { TZ=UTC tar --numeric-owner --full-time -tvzf "$archive"; }
one_top_folder() { [ "$(names | cut -d / -f 1 | sort -u)" = python ]; }
only_plain_members() { ! details | grep -v '^[-dl]'; }
owned_by_root() { [ "$(details | awk '{print $2}' | sort -u)" = 0/0 ]; }
one_time() { [ "$(details | awk '{print $4, $5}' | sort -u | wc -l)" -eq 1 ]; }
sorted_names() { names | LC_ALL=C sort -c; }
no_name_twice() { ! names | sed 's,/$,,' | tr '[:upper:]' '[:lower:]' | sort | uniq -d | grep .; }

# ── the tree

extract() { tar -xzf "$archive" -C "$place" --no-same-owner && [ -e "$python" ]; }
no_build_prefix() { ! grep -rlaF __dtvem_prefix__ "$place/python"; }
links_stay_inside() { ! find "$place/python" -type l \( -lname '/*' -o ! -exec test -e {} \; \) -print | grep .; }
writable_by_its_owner_alone() {
  ! find "$place/python" ! -type l \( -perm /7022 -o ! -perm -u+w \) -print | grep .
}

# ── Python

tells_its_version() {
  user "$python" --version | grep '^Python ' && case $archive in
    *python-*-linux-*) user "$python" --version 2>&1 | grep -qF "Python $(expr "$archive" : '.*python-\(.*\)-linux')" ;;
  esac
}
starts_through_a_link() { ln -s "$python" "$home/link" && answers "$home/link" -c 'import json; print("yes")'; }
line_editing_is_libedit() {
  answers "$python" -c 'import readline; assert "edit" in getattr(readline, "backend", readline.__doc__); print("yes")'
}

speaks_tls() {
  cp "$certificate" "$home/localhost.pem" && chmod 644 "$home/localhost.pem" && answers "$python" - <<'END'
import socket, ssl, threading
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain('localhost.pem')
listener = socket.create_server(('127.0.0.1', 0))

def serve():
    with server.wrap_socket(listener.accept()[0], server_side=True) as connection:
        connection.sendall(b'hello')

threading.Thread(target=serve, daemon=True).start()
client = ssl.create_default_context(cafile='localhost.pem')
with socket.create_connection(listener.getsockname(), timeout=20) as raw:
    with client.wrap_socket(raw, server_hostname='localhost') as connection:
        assert connection.recv(5) == b'hello'
        print(connection.version(), ssl.OPENSSL_VERSION)
print('yes')
END
}

makes_a_wheel() {
  answers "$python" - <<'END'
import zipfile
info = 'greeting-1.0.dist-info/'
files = {
    'greeting.py': 'def main():\n    print("hello from a wheel")\n',
    info + 'METADATA': 'Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n',
    info + 'WHEEL': 'Wheel-Version: 1.0\nGenerator: check-archive\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    info + 'entry_points.txt': '[console_scripts]\ngreeting = greeting:main\n',
}
files[info + 'RECORD'] = ''.join(name + ',,\n' for name in files) + info + 'RECORD,,\n'
with zipfile.ZipFile('greeting-1.0-py3-none-any.whl', 'w') as wheel:
    for name, text in files.items():
        wheel.writestr(name, text)
print('yes')
END
}

installs_it() {
  user "$home/a venv/bin/python" -m pip install --no-index --no-cache-dir --disable-pip-version-check \
    greeting-1.0-py3-none-any.whl
}

makes_a_venv() {
  user "$python" -m venv "$home/a venv" && answers "$home/a venv/bin/python" -c 'import pip; print("yes")'
}

command_of_the_wheel() { [ "$(user "$home/a venv/bin/greeting")" = 'hello from a wheel' ]; }

compiles_an_extension() {
  answers "$python" - <<'END'
import shlex, subprocess, sysconfig
with open('forty_two.c', 'w') as file:
    file.write('''
#include <Python.h>
static PyObject *get(PyObject *self, PyObject *args) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"get", get, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "forty_two", NULL, -1, methods};
PyMODINIT_FUNC PyInit_forty_two(void) { return PyModule_Create(&module); }
''')
value = sysconfig.get_config_var
flags = shlex.split(value('CFLAGS')) + shlex.split(value('CCSHARED')) + ['-I' + sysconfig.get_path('include')]
target = 'forty_two' + value('EXT_SUFFIX')
subprocess.check_call(shlex.split(value('LDSHARED')) + flags + ['forty_two.c', '-o', target])
import forty_two
assert forty_two.get() == 42
print('yes')
END
}

check 'one top folder, python/' one_top_folder
check 'folders, files and symbolic links, nothing else' only_plain_members
check 'owner 0/0' owned_by_root
check 'one timestamp' one_time
check 'sorted names' sorted_names
check 'no name twice, in any case of its letters' no_name_twice
check 'it extracts, and bin/python is there' extract
mkdir -p "$home"
[ "$(id -u)" -ne 0 ] || chown 65534:65534 "$home"
check 'no file names the prefix of the build' no_build_prefix
check 'links are relative and lead to something' links_stay_inside
check 'only its owner may change it' writable_by_its_owner_alone
check 'it runs and tells its version' tells_its_version
check 'it starts through a link' starts_through_a_link
for module in ssl sqlite3 lzma bz2 zlib ctypes readline curses uuid decimal; do
  check "import $module" imports "$module"
done
check 'readline is libedit' line_editing_is_libedit
check 'it speaks TLS with a local server' speaks_tls
check 'it makes a virtual environment' makes_a_venv
check 'it makes a wheel' makes_a_wheel
check 'pip installs the wheel without network' installs_it
check 'the command of the wheel runs' command_of_the_wheel
if command -v cc >/dev/null; then
  check 'an extension in C compiles and imports' compiles_an_extension
else
  echo 'skipped an extension in C: there is no compiler named cc'
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

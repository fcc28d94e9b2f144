# What the programs here need, sourced by them in this folder.
fail() { printf 'bench: %s\n' "$*" >&2; exit 1; }
say() { printf 'bench: %s\n' "$*" >&2; }

# The folder of the newest JDK, JAVA_HOME among those looked at.
newest_jdk() {
  local release
  for release in "${JAVA_HOME:-/nowhere}"/release /usr/lib/jvm/*/release; do
    [ -x "${release%/release}/bin/javac" ] || continue
    printf '%s %s\n' "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")" "${release%/release}"
  done | sort -n | tail -n 1 | cut -d ' ' -f 2
}

JAVA_HOME=$(newest_jdk)
[ -n "$JAVA_HOME" ] || fail "no JDK is found: set JAVA_HOME"
export JAVA_HOME

# class_path POM FILE: compiles, and writes the libraries' class path to the file.
class_path() { mvn -q -B -f "$1" compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$2"; }

# Python with MongoDB's driver and the FastAPI service, in .venv.
python_environment() {
  cmp -s fastapi_service/requirements.txt .venv/requirements.txt && return
  "${PYTHON:-python3}" -m venv --clear .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check -r fastapi_service/requirements.txt
  cp fastapi_service/requirements.txt .venv/
}

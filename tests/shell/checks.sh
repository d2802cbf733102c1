# Sourced by the tests of this folder: a temporary folder with the binary first on PATH, and checks.
# Usage: . checks.sh CALLISTO SOURCE
set -u
binary=$1
sources=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$binary" "$work/bin/callisto"
PATH=$work/bin:$PATH
HOME=$work
# Leaks of libraries at exit are not what is tested here.
ASAN_OPTIONS=detect_leaks=0
export PATH HOME ASAN_OPTIONS
unset XDG_STATE_HOME NO_COLOR CALLISTO_DATA
export LC_ALL=C.UTF-8
cd "$work" || exit 1
failures=0

# same WHAT ACTUAL EXPECTED
same() {
  if [ "$2" = "$3" ]; then
    echo "ok   $1"
  else
    failures=$((failures + 1))
    printf 'FAIL %s\n--- expected\n%s\n--- found\n%s\n---\n' "$1" "$3" "$2"
  fi
}

# has WHAT TEXT PART
has() {
  case $2 in
    *"$3"*) echo "ok   $1" ;;
    *)
      failures=$((failures + 1))
      printf 'FAIL %s\n--- expected somewhere\n%s\n--- in\n%s\n---\n' "$1" "$3" "$2"
      ;;
  esac
}

# has_not WHAT TEXT PART
has_not() {
  case $2 in
    *"$3"*)
      failures=$((failures + 1))
      printf 'FAIL %s\n--- not expected\n%s\n--- in\n%s\n---\n' "$1" "$3" "$2"
      ;;
    *) echo "ok   $1" ;;
  esac
}

# exits WHAT CODE COMMAND...: output goes to out and err.
exits() {
  what=$1 expected=$2
  shift 2
  "$@" >out 2>err </dev/null
  code=$?
  if [ "$code" = "$expected" ]; then
    echo "ok   $what"
  else
    failures=$((failures + 1))
    printf 'FAIL %s: exit code %s, expected %s\n' "$what" "$code" "$expected"
    cat out err
  fi
}

finish() {
  [ "$failures" = 0 ] || { echo "$failures checks failed"; exit 1; }
  exit 0
}

# A graph small enough to know by heart.
cat >hosts.json <<'END'
{"entities":[
  {"_key":"host:web-1","_type":"app_host","_class":"Host","displayName":"web-1","name":"web-1","cpus":4,"active":true,"tags":["a","b"]},
  {"_key":"host:web-2","_type":"app_host","_class":"Host","displayName":"web-2","name":"web-2","cpus":8,"active":false,"note":"=1+1"},
  {"_key":"host:db-1","_type":"app_host","_class":["Host","Database"],"displayName":"db-1","name":"db-1","cpus":16,"active":true,"note":"a,\"b\"\tc"},
  {"_key":"team:ops","_type":"app_team","_class":"Team","displayName":"ops","name":"ops"}],
 "relationships":[
  {"_key":"r1","_type":"app_team_manages_host","_class":"MANAGES","_fromEntityKey":"team:ops","_toEntityKey":"host:web-1"},
  {"_key":"r2","_type":"app_team_manages_host","_class":"MANAGES","_fromEntityKey":"team:ops","_toEntityKey":"host:db-1"}]}
END

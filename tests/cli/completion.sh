#!/bin/bash
# Completes as somebody would with the tab key, and looks at what is offered. Arguments: the program, the source.
set -u
program=$(readlink -f "$1")
source "$(readlink -f "$2")/data/completion/vantagectl"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export VANTAGE_LIBRARY=$folder/library LC_ALL=C.UTF-8
cd "$folder" || exit 1
touch export.zip notes.txt

number=0
bad=0
# what-holds, the offers expected (sorted, one space between; ending with … : among others), the words so far
offers ()
{
  local name=$1 expected=$2 got one ok=1
  shift 2
  COMP_WORDS=("$program" "$@")
  COMP_CWORD=$#
  _vantagectl
  got=$(printf '%s\n' "${COMPREPLY[@]:-}" | sort | tr '\n' ' ' | sed 's/ $//')
  if [[ $expected == *… ]]; then
    for one in ${expected%…}; do
      [[ " $got " == *" $one "* ]] || ok=0
    done
  else
    [[ $got == "$expected" ]] || ok=0
  fi
  number=$((number + 1))
  if [[ $ok == 1 ]]; then
    echo "ok $number - /cli/completion/$name"
  else
    bad=1
    echo "not ok $number - /cli/completion/$name"
    echo "# expected: $expected"
    echo "# got: $got"
  fi
}

echo 1..12
offers commands 'review import items person report verify --library …' ''
offers commands-that-begin-so 'readiness redo report restore review' 're'
offers commands-once 'event events' 'event'
offers second-words 'delete list new set show stage' review ''
offers second-words-that-begin-so 'set show stage' review s
offers options '--format --for --pseudonyms -o …' report Night -
offers options-of-two-words '--kind …' review new Night --
offers values-of-an-option 'html md' report Night --format ''
offers values-that-begin-so 'everyone' report Night --for e
offers files 'export.zip notes.txt' import Night ''
offers nothing-for-what-is-no-command '' nonsense ''
offers commands-after-global-options 'items' --library "$folder/library" --json ite
[[ ! -e $folder/library ]] || { echo '# completing must not make a library'; bad=1; }
exit $bad

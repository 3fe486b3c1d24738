#!/usr/bin/env bash
# bench/area_import.sh [BUILD]: imports all areas of China with `muster import area --china`, then the same rows with the sqlite3 shell's .import
# into the same tables with the same indexes (the search index too), and prints both times and their ratio.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build}
most=3 # the ratio that it is held to
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
seconds() { # COMMAND...: runs it, prints the seconds that the clock and the processor took
	local TIMEFORMAT='%R %U %S'
	{ time "$@" >"$folder/out" 2>&1; } 2>&1 || { cat "$folder/out" >&2; exit 1; }
}

"$build/muster" init --store "$folder/store" >/dev/null
read -r real user system <<<"$(seconds "$build/muster" import area --china --store "$folder/store")"

# The rows as the shell can read them: an id as 16 characters, as long as its 16 bytes.
db=$folder/store/muster.db
columns=$(sqlite3 "$db" "SELECT group_concat(name, ', ') FROM pragma_table_info('areas')")
picked=$(sqlite3 "$db" "SELECT group_concat(CASE WHEN type = 'BLOB' THEN 'substr(hex(' || name || '), 1, 16) AS ' || name ELSE name END, ', ') FROM pragma_table_info('areas')")
sqlite3 -csv "$db" "SELECT $picked FROM areas ORDER BY path" >"$folder/areas.csv"
# .import knows no null: without their condition the partial indexes hold the rows there too
sqlite3 "$db" "SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL AND (name = 'areas' OR tbl_name = 'areas' OR name = 'areas_find')" | sed 's/ WHERE voided_at IS NULL//' >"$folder/schema.sql"
# what the search index takes, spaced as muster spaces it
setup/node -e '
const fs = require("fs");
const rows = fs.readFileSync(process.argv[1], "utf8").trim().split("\n").map((line) => line.split("\t"));
const pairs = (text) => [...text].slice(1).map((letter, i) => [...text][i] + letter).join(" ");
const spaced = (text) => text.replace(/\p{Unified_Ideograph}/gu, " $& ");
fs.writeFileSync(process.argv[2], rows.map(([id, code, name, level, path]) =>
	[id, `"${spaced(code + " " + name)}"`, `"${pairs(name)}"`, "", `"level${level} ${path.match(/.{5}/g).join(" ")}"`].join(",")).join("\n") + "\n");
' <(sqlite3 -separator $'\t' "$db" "SELECT serial, code, name, level, path FROM areas ORDER BY path") "$folder/find.csv"
cat "$folder/schema.sql" >"$folder/import.sql"
cat >>"$folder/import.sql" <<END
.mode csv
.import $folder/areas.csv areas
END
cat "$folder/import.sql" >"$folder/full.sql"
cat >>"$folder/full.sql" <<END
.mode csv
CREATE TEMP TABLE find_in (rowid_, words, pairs, secrets, places);
.import $folder/find.csv find_in
INSERT INTO areas_find (rowid, words, pairs, secrets, places) SELECT rowid_, words, pairs, secrets, places FROM find_in;
END
printf 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;\n' >"$folder/pragmas.sql"
shell() { cat "$folder/pragmas.sql" "$1" | sqlite3 "$2"; }
read -r table_real table_user table_system <<<"$(seconds shell "$folder/import.sql" "$folder/table.db")"
read -r full_real full_user full_system <<<"$(seconds shell "$folder/full.sql" "$folder/full.db")"
rows=$(sqlite3 "$folder/table.db" 'SELECT count(*) FROM areas')

awk -v rows="$rows" -v most=$most -v real="$real" -v cpu="$user $system" -v table="$table_real" -v table_cpu="$table_user $table_system" \
	-v full="$full_real" -v full_cpu="$full_user $full_system" 'BEGIN {
	split(cpu, a, " "); split(table_cpu, b, " "); split(full_cpu, c, " ");
	printf "muster import area --china    %7.2f s  (processor %.2f s), %d rows\n", real, a[1] + a[2], rows;
	printf "sqlite3 shell, table          %7.2f s  (processor %.2f s): ratio %.2f, by processor %.2f\n", table, b[1] + b[2], real / table, (a[1] + a[2]) / (b[1] + b[2]);
	printf "sqlite3 shell, table, search  %7.2f s  (processor %.2f s): ratio %.2f, by processor %.2f\n", full, c[1] + c[2], real / full, (a[1] + a[2]) / (c[1] + c[2]);
	exit real / table > most;
}' || { echo "more than $most times"; exit 1; }

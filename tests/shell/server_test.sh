#!/bin/sh
# Runs the ```sh blocks of docs/server.md as they are written, on a free port: those up to the accounts against
# one server, the next against the configured one, those of TLS against one with a certificate.
. "$(dirname "$0")/checks.sh"

for tool in curl openssl python3; do
  command -v $tool >/dev/null || { echo "$tool is missing: skipped"; exit 77; }
done
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
blocks() { awk '/^```sh$/ { inside = 1; next } /^```/ { inside = 0 } inside' | sed "s/8080/$port/g"; }
first=$(sed '/^## Accounts and tokens/,$d' "$sources/docs/server.md" | blocks)
second=$(sed -n '/^## Accounts and tokens/,/^## TLS/p' "$sources/docs/server.md" | blocks)
third=$(sed -n '/^## TLS/,/^## Limits/p' "$sources/docs/server.md" | blocks | sed "s/8443/$port/g")
# Until the server answers.
cat >wait.sh <<END
i=0
while [ \$i -lt 200 ] && ! curl -sf localhost:$port/healthz >/dev/null; do
  sleep 0.1
  i=\$((i + 1))
done
END

printf '%s\n' "$first" | sed 's|^callisto serve.*$|&\n. ./wait.sh|' >first.sh
printf 'kill %%1\nwait\n' >>first.sh
timeout 100 bash -eum first.sh >out 2>err </dev/null
code=$?
[ $code = 0 ] || { cat out err; }
same "every command of docs/server.md works as written" "$code" 0
same "what was uploaded is found over GraphQL" \
  "$(grep -c '"totalCount":1,"cursor":null' out)" 1
same "the entity is created" "$(grep -c '"createEntity":{"vertex":{"id":"' out)" 1
same "classes are counted" "$(grep -c '"classes":{"CodeRepo":1,"User":1}' out)" 1
same "one query is valid, one is not" "$(grep -c '^\[{"valid":true.*{"valid":false' out)" 1
same "why shows the layers" "$(grep -c '"property":"criticality","value":3,"layers":\[' out)" 1

printf '%s\n' "$second" | sed 's|^callisto serve --config.*$|& \&\n. ./wait.sh|' >second.sh
cat >>second.sh <<END
for token in "\$TOKEN" wrong; do
  curl -s -o /dev/null -w '%{http_code}\n' -H "Authorization: Bearer \$token" \
    -H 'JupiterOne-Account: acme' localhost:$port/v1/summary
done
kill %1
wait
END
timeout 100 bash -eum second.sh >out 2>err </dev/null
same "the configured server starts and ends" "$?" 0
same "its token is good, another is not" "$(tail -n 2 out | tr '\n' ' ')" "200 401 "

printf '%s\n' "$third" | sed "s|^callisto serve.*\$|&\n. ./wait.sh|" >third.sh
sed -i "s|curl -sf localhost|curl -sf --cacert server.pem https://localhost|" wait.sh
cat >>third.sh <<END
echo
curl -s localhost:$port/healthz
kill %1
wait
END
timeout 100 bash -eum third.sh >out 2>err </dev/null
same "the server with a certificate starts and ends" "$?" 0
same "it answers over https, and plain HTTP is told so" \
  "$(sed -n '1s/,"version.*//p; $s/,"message.*//p' out | tr '\n' ' ')" \
  '{"status":"ok" {"error":{"code":"TLS_REQUIRED"'
same "its address is said with https" "$(grep -c "listening on https://127.0.0.1:$port" err)" 1
finish

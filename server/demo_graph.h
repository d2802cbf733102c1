// The small graph of `callisto serve --demo`, as an upload.
#pragma once

#include <string_view>

namespace callisto::server {

inline constexpr std::string_view kDemoGraph = R"({"entities":[
 {"_key":"account:harbour","_type":"github_account","_class":["Account"],"displayName":"Harbour Labs","name":"harbour-labs"},
 {"_key":"user:ada","_type":"github_user","_class":["User"],"displayName":"Ada","email":"ada@example.org","active":true},
 {"_key":"user:ben","_type":"github_user","_class":["User"],"displayName":"Ben","email":"ben@example.org","active":true},
 {"_key":"repo:payments","_type":"github_repo","_class":["CodeRepo"],"displayName":"payments","name":"payments","criticality":3,"public":false,"tag.Team":"billing"},
 {"_key":"repo:website","_type":"github_repo","_class":["CodeRepo"],"displayName":"website","name":"website","criticality":2,"public":true,"tag.Team":"web"},
 {"_key":"host:web-1","_type":"aws_instance","_class":["Host"],"displayName":"web-1","name":"web-1","region":"eu-west-1","active":true},
 {"_key":"finding:1","_type":"scan_finding","_class":["Finding"],"displayName":"Outdated TLS library","name":"outdated-tls","severity":"high","open":true}],
"relationships":[
 {"_key":"account:harbour|owns|repo:payments","_type":"github_account_owns_repo","_class":"OWNS","_fromEntityKey":"account:harbour","_toEntityKey":"repo:payments"},
 {"_key":"account:harbour|owns|repo:website","_type":"github_account_owns_repo","_class":"OWNS","_fromEntityKey":"account:harbour","_toEntityKey":"repo:website"},
 {"_key":"account:harbour|has|user:ada","_type":"github_account_has_user","_class":"HAS","_fromEntityKey":"account:harbour","_toEntityKey":"user:ada"},
 {"_key":"account:harbour|has|user:ben","_type":"github_account_has_user","_class":"HAS","_fromEntityKey":"account:harbour","_toEntityKey":"user:ben"},
 {"_key":"user:ada|approved|repo:payments","_type":"github_user_approved_repo","_class":"APPROVED","_fromEntityKey":"user:ada","_toEntityKey":"repo:payments"},
 {"_key":"repo:website|deployed|host:web-1","_type":"github_repo_deployed_instance","_class":"DEPLOYED","_fromEntityKey":"repo:website","_toEntityKey":"host:web-1"},
 {"_key":"host:web-1|has|finding:1","_type":"aws_instance_has_finding","_class":"HAS","_fromEntityKey":"host:web-1","_toEntityKey":"finding:1"}]})";

}  // namespace callisto::server

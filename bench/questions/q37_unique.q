question: q37_unique
about: The distinct values of a property.
j1ql: FIND UNIQUE okta_user AS u RETURN u.department
sql: SELECT DISTINCT department FROM okta_user
answer: XS 13 6f75e8754802d5aa, 13 6f75e8754802d5aa
answer: S 13 6f75e8754802d5aa, 13 6f75e8754802d5aa

neighbour: two_properties
j1ql: FIND UNIQUE okta_user AS u RETURN u.department, u.country
sql: SELECT DISTINCT department, country FROM okta_user
answer: XS 117 36ff77b5524c0827, 120 16a52c7b7e15ac1b
answer: S 273 52ac9b95b2a926fd, 273 52ac9b95b2a926fd

neighbour: many_values
j1ql: FIND UNIQUE okta_user AS u RETURN u.displayName
sql: SELECT DISTINCT displayName FROM okta_user
answer: XS 186 20c1333a9f98499b, 184 8de6963a5e9fe349
answer: S 1600 9c44bb76b93f5ed0, 1602 6c8894efc779f25f

neighbour: numbers
j1ql: FIND UNIQUE okta_user AS u RETURN u.loginCount
sql: SELECT DISTINCT loginCount FROM okta_user
answer: XS 184 013b3cab5e0c6d79, 184 013b3cab5e0c6d79
answer: S 4390 0cc9ad3828bf60b0, 4390 0cc9ad3828bf60b0

neighbour: of_class
j1ql: FIND UNIQUE Host AS h RETURN h.platform
sql: SELECT platform FROM aws_instance UNION SELECT platform FROM azure_vm UNION SELECT platform FROM jamf_computer
answer: XS 3 24ac8548e68270e0, 3 24ac8548e68270e0
answer: S 3 24ac8548e68270e0, 3 24ac8548e68270e0

neighbour: of_paths
j1ql: FIND UNIQUE okta_user AS u THAT ASSIGNED >> application AS a RETURN u.department, a.owner
sql: SELECT DISTINCT u.department, a.owner FROM okta_user_assigned_application e
  JOIN okta_user u ON u.row = e.from_row JOIN application a ON a.row = e.to_row
answer: XS 60 3e4cc06df83a4fcd, 62 73580eb5a5b9bfed
answer: S 130 0e36ea7cf594cd84, 130 0e36ea7cf594cd84

// ValueView is part of the installed headers; this is its short path inside core.
#pragma once

#include <callisto/value_view.h>

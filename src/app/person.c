#include "app/person.h"

#include "app/rights.h"

#define DEF "app/person.def"
#include "record/table.h"

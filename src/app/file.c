#include "app/file.h"

#include "app/rights.h"

#define DEF "app/file.def"
#include "record/table.h"

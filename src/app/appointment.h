/* Professional advice 专业服务, by appointment. */
#pragma once

#include "record/rows.h"

#define DEF "app/appointment.def"
#include "record/struct.h"

/* Tells both sides of an appointment that is tomorrow; OK also where that is done already. Inside store_write. */
enum status appointment_remind(struct work *work, struct id id);

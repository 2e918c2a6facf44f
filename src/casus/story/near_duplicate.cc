// SPDX-License-Identifier: Apache-2.0
#include <casus/story/near_duplicate.h>

// SPDX-License-Identifier: Apache-2.0
#include <casus/source/source.h>

// SPDX-License-Identifier: Apache-2.0
#include <casus/serve/serve.h>

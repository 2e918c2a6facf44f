// SPDX-License-Identifier: Apache-2.0
// The browser side: the pages work without it. It adds keys, the link between evidence and event, and copying.
import { addCopying } from "./copying";
import { addKeys } from "./keys";
import { addLinking } from "./linking";

addLinking();
addKeys();
addCopying();

/** Tables, landing files and exports of one tenant: the only code that touches storage. */
@NullMarked
package io.sluice.lake;

import org.jspecify.annotations.NullMarked;

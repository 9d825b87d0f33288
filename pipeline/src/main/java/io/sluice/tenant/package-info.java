/** Who: the tenant's name, settings and keys, and how the operator is told what is wrong. */
@NullMarked
package io.sluice.tenant;

import org.jspecify.annotations.NullMarked;

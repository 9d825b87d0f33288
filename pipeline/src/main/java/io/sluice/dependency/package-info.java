/** Which value of an exchange a later request needs. */
@NullMarked
package io.sluice.dependency;

import org.jspecify.annotations.NullMarked;

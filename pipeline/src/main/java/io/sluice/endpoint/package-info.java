/** Which exchanges belong together: path templates by evidence. */
@NullMarked
package io.sluice.endpoint;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.sluice.redaction;

import org.jspecify.annotations.NullMarked;

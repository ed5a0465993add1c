/** The OptiPub API over camel-http: one request, observed phase by phase. */
@NullMarked
package io.segmentdrop.shell.api;

import org.jspecify.annotations.NullMarked;

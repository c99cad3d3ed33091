/** The {@code buffer:} component: a disk-backed buffer in front of a sink. */
package dev.livefeed.app.route.sink;

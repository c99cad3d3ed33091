/** The {@code timer:} component, by the monotonic clock. */
package dev.livefeed.app.route.timer;

/** The {@code queue:} component: a bounded queue in front of a sink. */
package dev.livefeed.app.route.queue;

/** Sends sample events through the steps of a trial's routes, without any effect outside the trial. */
package dev.livefeed.app.route.sample;

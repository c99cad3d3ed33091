/** A source that runs while another one cannot be had. */
package dev.livefeed.app.process.standby;

/** Type converters for the values of events. */
package dev.livefeed.app.route.convert;

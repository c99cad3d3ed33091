/** Where Camel meets the rest: executor, data format, checks and reload of the routes. The behaviour is in the routes. */
package dev.livefeed.route;

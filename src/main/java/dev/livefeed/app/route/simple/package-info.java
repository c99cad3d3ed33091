/** Camel's Simple language with exact comparisons. */
package dev.livefeed.app.route.simple;

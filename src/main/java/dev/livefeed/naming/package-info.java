/** Suggestions for misspelt names. */
package dev.livefeed.naming;

/** Finds the name that a misspelt one was meant to be. */
package dev.livefeed.naming;

/** Names that were mistyped, and what was meant. */
package dev.livefeed.naming;

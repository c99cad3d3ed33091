/** Names and texts that others have written: suggestions for misspelt ones, and their safe form in messages. */
package dev.livefeed.naming;

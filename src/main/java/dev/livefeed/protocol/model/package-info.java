/** Market and account events as both processes see them: immutable values without JSON. */
package dev.livefeed.protocol.model;

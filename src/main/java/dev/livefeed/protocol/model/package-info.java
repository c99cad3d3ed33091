/** Market and account events, shared by both processes: immutable values, independent of JSON. */
package dev.livefeed.protocol.model;

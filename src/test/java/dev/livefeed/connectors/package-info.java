/** Connectors that misbehave or count, as small programs of their own; they need nothing but a JVM. */
package dev.livefeed.connectors;

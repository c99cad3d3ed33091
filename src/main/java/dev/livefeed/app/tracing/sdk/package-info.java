/**
 * The SDK of OpenTelemetry, which is not in the jar but in {@code lib/}. No other class refers to those here by name:
 * they are loaded together with the libraries.
 */
package dev.livefeed.app.tracing.sdk;

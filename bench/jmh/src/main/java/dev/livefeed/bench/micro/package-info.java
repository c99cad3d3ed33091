/** Single steps of the path, measured with JMH. */
package dev.livefeed.bench.micro;

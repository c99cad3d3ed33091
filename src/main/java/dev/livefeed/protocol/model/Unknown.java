package dev.livefeed.protocol.model;

/** A well-formed line of a type this version does not know: counted, and otherwise ignored. */
public record Unknown(String type, String symbol) implements Event {}

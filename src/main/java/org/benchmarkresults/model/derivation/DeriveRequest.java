package org.benchmarkresults.model.derivation;

import org.benchmarkresults.model.result.Stage;

/** Requests the observations of a stored result to be derived soon; it may be dropped. */
public record DeriveRequest(Stage stage, String resultName, int version) {}

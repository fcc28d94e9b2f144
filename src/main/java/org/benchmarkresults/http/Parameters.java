package org.benchmarkresults.http;

import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.http.Problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one operation, judged by the contract's schemas. Path values come from the
 * routing context: the router's own validation reads {@code a+b} in a path as {@code a b}.
 */
final class Parameters {
  private record Checked(String name, Location in, boolean integer, Schemas schema) {}

  private final List<Checked> all = new ArrayList<>();

  Parameters(SchemaRepository repository, Operation operation) {
    for (Parameter parameter : operation.getParameters()) {
      boolean integer = parameter.getSchemaType() == SchemaType.INTEGER;
      Schemas schema = new Schemas(repository, parameter.getSchema());
      all.add(new Checked(parameter.getName(), parameter.getIn(), integer, schema));
    }
  }

  /**
   * @throws ProblemException 400 when a query or header parameter is wrong, 404 when no such path can
   *     be
   */
  void check(RoutingContext context) {
    List<Fault> faults = new ArrayList<>();
    for (Checked parameter : all) {
      String value = value(context, parameter);
      String fault = value == null ? null : fault(parameter, value);
      if (isTwice(context, parameter)) {
        fault = "is given more than once";
      }
      if (fault != null && parameter.in == Location.PATH) {
        throw new ProblemException(Problem.resultNotFound());
      }
      if (fault != null) {
        faults.add(new Fault(parameter.name, fault));
      }
    }
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.invalidParameters(faults));
    }
  }

  private static @Nullable String value(RoutingContext context, Checked parameter) {
    return switch (parameter.in) {
      case PATH -> context.pathParam(parameter.name);
      case QUERY -> context.queryParams().get(parameter.name);
      case HEADER -> context.request().getHeader(parameter.name);
      case COOKIE -> null;
    };
  }

  private static boolean isTwice(RoutingContext context, Checked parameter) {
    return parameter.in == Location.QUERY
        && context.queryParams().getAll(parameter.name).size() > 1;
  }

  private static @Nullable String fault(Checked parameter, String value) {
    if (!parameter.integer) {
      return parameter.schema.faultOf(value);
    }
    try {
      long number = Long.parseLong(value);
      // The validator takes only an Integer for the format int32.
      boolean isInt = number == (int) number;
      return isInt ? parameter.schema.faultOf((int) number) : parameter.schema.faultOf(number);
    } catch (NumberFormatException e) {
      return "must be a whole number";
    }
  }
}

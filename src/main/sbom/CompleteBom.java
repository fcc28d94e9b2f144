import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes the bill of materials that Maven's plugin made: licences that the libraries' own POMs do not
 * tell, and what is shaded into Hazelcast's jar, which no POM names. Run by the build in phase package.
 */
public final class CompleteBom {
  private static final Pattern POM = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom.properties");

  /** By group. Of one that is missing here the build stops, so that none is guessed. */
  private static final Map<String, String> SHADED =
      Map.of(
          "com.fasterxml.jackson.core", "Apache-2.0",
          "com.fasterxml.jackson.jr", "Apache-2.0",
          "com.github.erosb", "Apache-2.0",
          "com.hazelcast", "Apache-2.0",
          "com.zaxxer", "Apache-2.0",
          "io.github.classgraph", "MIT",
          "org.json", "LicenseRef-Public-Domain",
          "org.snakeyaml", "Apache-2.0");

  private CompleteBom() {}

  public static void main(String[] arguments) throws IOException {
    Path app = Path.of(arguments[0]);
    Path file = app.resolve("sbom.cdx.json");
    if (!Files.exists(file)) {
      System.out.println("there is no " + file + " to complete");
      return;
    }
    JsonObject bom = new JsonObject(Files.readString(file));
    for (Object each : bom.getJsonArray("components")) {
      JsonObject component = (JsonObject) each;
      String group = component.getString("group", "");
      if (group.equals("de.bwaldvogel")) {
        component.put("licenses", licence("BSD-3-Clause"));
      }
      if (group.equals("com.hazelcast") && component.getString("name").equals("hazelcast")) {
        String jar = "hazelcast-" + component.getString("version") + ".jar";
        component.put("components", shaded(app.resolve("lib").resolve(jar)));
      }
    }
    Files.writeString(file, bom.encodePrettily() + "\n");
  }

  private static JsonArray shaded(Path jar) throws IOException {
    JsonArray shaded = new JsonArray();
    try (JarFile archive = new JarFile(jar.toFile())) {
      for (var entry : archive.stream().sorted((a, b) -> a.getName().compareTo(b.getName())).toList()) {
        Matcher pom = POM.matcher(entry.getName());
        if (pom.matches() && !pom.group(2).equals("hazelcast")) {
          Properties properties = new Properties();
          properties.load(archive.getInputStream(entry));
          shaded.add(component(pom.group(1), pom.group(2), properties.getProperty("version")));
        }
      }
      // These two leave no POM behind, so that their versions cannot be told.
      if (archive.getEntry("com/hazelcast/shaded/org/jctools/") != null) {
        shaded.add(component("org.jctools", "jctools-core", null, "Apache-2.0"));
      }
      if (archive.getEntry("com/hazelcast/shaded/org/objenesis/") != null) {
        shaded.add(component("org.objenesis", "objenesis", null, "Apache-2.0"));
      }
    }
    return shaded;
  }

  private static JsonObject component(String group, String name, String version) {
    String licence = SHADED.get(group);
    if (licence == null) {
      throw new IllegalStateException("the licence of " + group + ":" + name + " is not known");
    }
    return component(group, name, version, licence);
  }

  private static JsonObject component(String group, String name, String version, String licence) {
    JsonObject component =
        new JsonObject().put("type", "library").put("group", group).put("name", name);
    String purl = "pkg:maven/" + group + "/" + name;
    if (version != null) {
      component.put("version", version);
      purl += "@" + version;
    }
    return component.put("purl", purl).put("licenses", licence(licence));
  }

  private static JsonArray licence(String id) {
    JsonObject license =
        id.startsWith("LicenseRef-")
            ? new JsonObject().put("name", id.substring("LicenseRef-".length()).replace('-', ' '))
            : new JsonObject().put("id", id);
    return new JsonArray().add(new JsonObject().put("license", license));
  }
}

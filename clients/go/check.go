// How a program uses the Go client, checked against a running service.
//
//	go run . http://127.0.0.1:8000
//
// TOKEN in the environment is sent to a service that asks who calls.
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"time"

	client "benchmark-results-client"
)

// What real benchmarks are called: the client encodes it all into one path segment.
var benchmarks = []string{"Evalchemy", "helm/mmlu:subject=philosophy", "C++ & C#: 100% + more?", "Größe – 数学 – 🏁"}

func check(holds bool, what string, details ...any) {
	if !holds {
		fmt.Fprintf(os.Stderr, "go client: "+what+"\n", details...)
		os.Exit(1)
	}
}

func must[T any](value T, answer *http.Response, err error) T {
	if err != nil {
		text := ""
		if answer != nil {
			body, _ := io.ReadAll(answer.Body)
			text = answer.Status + " " + string(body)
		}
		check(false, "%v %s", err, text)
	}
	return value
}

func checkResult(ctx context.Context, raw *client.RawInputAPIService, benchmark string, run string) string {
	result := client.NewResultToSave(benchmark, "2026-04-21T12:45:25.391040Z", map[string]any{"throughput": 12.5})
	result.SetRunId(run)
	result.SetModelId("Qwen/Qwen3-8B")
	saved := must(raw.SaveRawInput(ctx).ResultToSave(*result).Execute())
	name := saved.GetSavedAs()
	check(saved.GetOutcome() == client.STORED, "storing %s answered %s", name, saved.GetOutcome())
	check(name == "2026-04-21T12:45:25.391040Z-"+benchmark+"-"+run, "%s is not timestamp-benchmark-run", name)

	again := must(raw.SaveRawInput(ctx).ResultToSave(*result).Execute())
	check(again.GetOutcome() == client.ALREADY_STORED, "storing %s again answered %s", name, again.GetOutcome())

	found := must(raw.FindRawInput(ctx, name).Execute())
	check(found.GetResultName() == name, "%s is found as %s", name, found.GetResultName())
	check(found.GetTimestamp() == "2026-04-21T12:45:25.391040Z", "its timestamp is %s", found.GetTimestamp())
	data, ok := found.GetData().(map[string]any)
	check(ok && data["throughput"] == 12.5, "%s was found with other data: %v", name, found.GetData())
	return name
}

// Pages of one row, by following Link.
func checkPages(ctx context.Context, raw *client.RawInputAPIService, run string, want int) {
	rows, cursor := 0, ""
	for {
		request := raw.ListRawInput(ctx).RunId([]string{run}).Limit(1)
		if cursor != "" {
			request = request.Cursor(cursor)
		}
		page, answer, err := request.Execute()
		rows += len(must(page, answer, err))
		link := regexp.MustCompile(`<([^>]*)>; rel="next"`).FindStringSubmatch(answer.Header.Get("Link"))
		if link == nil {
			break
		}
		next, err := answer.Request.URL.Parse(link[1])
		check(err == nil, "Link is no reference: %v", err)
		cursor = next.Query().Get("cursor")
	}
	check(rows == want, "%d rows are listed, not %d", rows, want)
}

func main() {
	check(len(os.Args) == 2, "usage: check BASE_URL")
	base, err := url.Parse(os.Args[1])
	check(err == nil, "%v", err)
	configuration := client.NewConfiguration()
	configuration.Servers = client.ServerConfigurations{{URL: base.String()}}
	api := client.NewAPIClient(configuration)
	ctx := context.Background()
	if token := os.Getenv("TOKEN"); token != "" {
		ctx = context.WithValue(ctx, client.ContextAccessToken, token)
	}
	health := must(api.HealthAPI.Health(ctx).Execute())
	check(health.GetMongodbStatus() == client.CONNECTED, "the database is %s", health.GetMongodbStatus())

	run := fmt.Sprintf("go run %d", time.Now().UnixNano())
	names := []string{}
	for _, benchmark := range benchmarks {
		names = append(names, checkResult(ctx, api.RawInputAPI, benchmark, run))
	}
	checkPages(ctx, api.RawInputAPI, run, len(names))
	for _, name := range names {
		deleted := must(api.RawInputAPI.DeleteRawInput(ctx, name).Execute())
		check(deleted.GetResultName() == name, "deleting %s answered %s", name, deleted.GetResultName())
		_, answer, err := api.RawInputAPI.FindRawInput(ctx, name).Execute()
		check(err != nil && answer.StatusCode == 404, "%s is there after its deletion", name)
	}
	fmt.Printf("go client: %d results stored, read, listed in pages and deleted\n", len(names))
}

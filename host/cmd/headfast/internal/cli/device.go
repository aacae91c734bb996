package cli

import (
	"bytes"
	"slices"

	"github.com/tidwall/gjson"
)

// deviceCode is the grant of --device.
const deviceCode = "device_code"

// withDevice is the configuration with the grant of --device in one entry's oauth block. Nothing moves to another line,
// so that messages name the right one. What cannot be read stays as it is: the core says what is wrong with it.
func withDevice(text []byte, name string) ([]byte, error) {
	begin := len(text) - len(bytes.TrimPrefix(text, []byte("\ufeff")))
	entry, there := entryOf(text[begin:], name)
	if !there {
		return text, nil
	}
	put := func(at, end int, what string) ([]byte, error) {
		return slices.Concat(text[:begin+at], []byte(what), text[begin+end:]), nil
	}
	block, there := member(entry, "oauth")
	if !there {
		return put(entry.Index+1, entry.Index+1, `"oauth":{"grant":"`+deviceCode+`"}`+comma(entry))
	}
	if !block.IsObject() {
		return text, nil
	}
	grant, there := member(block, "grant")
	switch {
	case !there:
		return put(block.Index+1, block.Index+1, `"grant":"`+deviceCode+`"`+comma(block))
	case grant.Str != deviceCode && grant.Str != "authorization_code":
		return nil, usage("--device is for a sign-in of a person, and the grant of this entry needs none", "Leave --device out.")
	}
	return put(grant.Index, grant.Index+len(grant.Raw), `"`+deviceCode+`"`)
}

// entryOf is a server's entry as it stands in the file; an empty name is the only one's.
func entryOf(text []byte, name string) (entry gjson.Result, there bool) {
	if !gjson.ValidBytes(text) {
		return entry, false
	}
	servers, _ := member(gjson.ParseBytes(text), "mcpServers")
	if names := servers.Keys(); name == "" {
		all := slices.Collect(names)
		if len(all) != 1 {
			return entry, false
		}
		name = all[0].Str
	}
	entry, there = member(servers, name)
	return entry, there && entry.IsObject()
}

// member is an object's member of this name: of two the last, as the core has it.
func member(object gjson.Result, name string) (found gjson.Result, there bool) {
	object.ForEach(func(key, value gjson.Result) bool {
		if key.Str == name {
			found, there = value, true
		}
		return true
	})
	return found, there
}

// comma is what stands between a first member and those that there are.
func comma(object gjson.Result) string {
	more := ""
	object.ForEach(func(_, _ gjson.Result) bool { more = ","; return false })
	return more
}

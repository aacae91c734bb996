package sim

import (
	"github.com/headfast/headfast/jsbridge/msg"
)

// prompt demands that a person is asked one thing at a time.
func (c *checker) prompt(p *msg.Prompt) {
	c.fresh(p.ID)
	if len(c.prompts) > 0 {
		c.bad("prompt.two", "prompt %d beside another", p.ID)
	}
	c.prompts[p.ID] = true
}

// prompted ends a Prompt: the time of what waited for it begins again.
func (c *checker) prompted(id uint32) {
	delete(c.prompts, id)
	for _, list := range c.verbs {
		for _, v := range list {
			v.base = c.now
		}
	}
}

// answerPrompt answers the Prompt that waits, as a person would; false where none does.
func (r *rig) answerPrompt() bool {
	for id := range r.check.prompts {
		r.step(msg.Input{Prompted: &msg.Prompted{ID: id, Given: true, Value: canary}})
		return true
	}
	return false
}

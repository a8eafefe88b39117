"""What mentions stand for (actors, places, days, numbers, speakers), and the telling made of them."""
